package org.carbomt.api.credit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The registry of credits. Every changing call takes a request id from the caller: the same id again returns the same outcome. */
@ProviderType
public interface Credits {
    void putProject(Project project);

    Optional<Project> project(String id);

    List<Project> projects();

    /** What an issuance would give, without doing it. */
    Methodology.Quantification preview(String projectId, String hourBatchId);

    /** Quantifies an anchored batch of hours and asks the chain to issue. A batch that was issued on before gives that issuance again. */
    CreditBatch issue(String projectId, String hourBatchId);

    Optional<CreditBatch> issuance(String id);

    Optional<CreditBatch> byToken(long tokenId);

    List<CreditBatch> issuances();

    /** What each account holds on chain, per token. */
    List<Holding> holdings(Optional<String> accountId);

    String transfer(String requestId, String fromAccount, String toAccount, long tokenId, long tonnes);

    Retirement retire(String requestId, String accountId, long tokenId, long tonnes, String beneficiary, String reason);

    Optional<Retirement> retirement(String id);

    List<Retirement> retirements();

    /** The certificate of a DONE retirement as a self-contained HTML page, fit for print. */
    String certificate(String retirementId);

    /** The life of a token, newest step first: retirement, transfers, sales, issuance, batch, case, hours, devices. */
    Trace trace(long tokenId);

    record Holding(String accountId, long tokenId, Optional<Serial> batch, long tonnes) {}

    record Trace(long tokenId, String serial, List<Step> steps) {}

    /**
     * @param kind {@code retirement}, {@code transfer}, {@code sale}, {@code issuance}, {@code batch}, {@code verification}, {@code hours}, {@code readings}, {@code device}
     * @param id of the thing. @param title one line for people. @param facts named values as text, in order. @param parents ids of steps this one rests on
     */
    record Step(String kind, String id, String title, Map<String, String> facts, List<String> parents) {}
}
