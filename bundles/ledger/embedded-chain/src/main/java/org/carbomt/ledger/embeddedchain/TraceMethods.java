package org.carbomt.ledger.embeddedchain;

import io.horizen.evm.Hash;
import io.horizen.evm.TraceOptions;
import io.horizen.evm.Tracer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How a transaction ran, seen by go-ethereum's own tracers: it is executed again on the state before it. */
final class TraceMethods implements MethodGroup {
    /** Those in libevm that are no script and whose answer is of the size of the calls, not of the steps. */
    private static final Set<String> TRACERS = Set.of("callTracer", "prestateTracer", "4byteTracer");
    private final Chain chain;

    TraceMethods(Chain chain) {
        this.chain = chain;
    }

    @Override
    public void offer(Registry r) {
        r.add("debug_traceTransaction", 2, this::transaction);
        r.add("debug_traceBlockByNumber", 2, p -> block(BlockReference.byNumber(chain, p.at(0)), p.at(1)));
        r.add("debug_traceBlockByHash", 2, p -> block(chain.block(p.at(0).hash()), p.at(1)));
    }

    private Object transaction(Params p) {
        var place = chain.place(p.at(0).hash()).orElseThrow(() -> new RpcException(RpcException.SERVER, "transaction not found"));
        return trace(chain.block(place.block()).orElseThrow(), place.index(), options(p.at(1)));
    }

    private Object block(Optional<Block> which, Field settings) {
        Block block = which.orElseThrow(() -> new RpcException(RpcException.SERVER, "block not found"));
        TraceOptions options = options(settings);
        List<Object> traces = new ArrayList<>();
        for (int i = 0; i < block.transactions().size(); i++) traces.add(Map.of("txHash", block.transactions().get(i).hash().toString(), "result", trace(block, i, options)));
        return traces;
    }

    private static TraceOptions options(Field settings) {
        Field name = settings.given() ? settings.member("tracer") : settings;
        if (!name.given() || !TRACERS.contains(name.text())) throw name.wrong("must be one of the tracers " + TRACERS.stream().sorted().toList());
        Field config = settings.member("tracerConfig");
        return new TraceOptions(false, false, false, false, name.text(), config.given() ? config.value() : null);
    }

    private Object trace(Block block, int index, TraceOptions options) {
        if (block.number() == 0) throw new RpcException(RpcException.SERVER, "genesis is not traceable");
        Hash before = chain.block(block.number() - 1).orElseThrow().header().stateRoot();
        var env = chain.environment(block.number(), block.header().timestamp());
        return chain.states.at(before, state -> {
            for (int i = 0; i < index; i++) Execution.run(state, block.transactions().get(i), env, i, null);
            try (var tracer = new Tracer(options)) {
                Execution.run(state, block.transactions().get(index), env, index, tracer);
                return tracer.getResult().result;
            }
        });
    }
}
