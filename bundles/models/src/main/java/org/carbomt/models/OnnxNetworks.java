package org.carbomt.models;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.api.model.Networks;

/** Networks by ONNX Runtime, on one thread each. The native library is loaded with the first network, so that a container without models does not carry it. */
public final class OnnxNetworks implements Networks {
    private OrtEnvironment environment;

    @Override
    public Network open(byte[] onnx) {
        Screen.check(onnx);
        try (var options = new OrtSession.SessionOptions()) {
            var runtime = environment();
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            options.setCPUArenaAllocator(false);
            return OnnxNetwork.of(runtime, runtime.createSession(onnx, options));
        } catch (OrtException e) {
            throw new CarboException.Invalid(new Problem("network.unreadable", "model.onnx", firstLine(e), "a network that ONNX Runtime 1.29 can run"));
        } catch (LinkageError e) {
            throw new CarboException.Unavailable(new Problem("network.no-runtime", "platform", System.getProperty("os.name") + " " + System.getProperty("os.arch"), "Linux on x86-64, for which ONNX Runtime lies here"), e);
        }
    }

    private synchronized OrtEnvironment environment() {
        if (environment == null) {
            environment = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "carbomt");
        }
        return environment;
    }

    static String firstLine(OrtException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
