package dev.kerbearer.bootstrap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What the {@code doctor} command of the packaged application reports about a set-up.
 *
 * @param exit 0 if nothing is wrong
 * @param said everything that it printed
 */
record DoctorVisit(int exit, String said) {

    /**
     * Runs it.
     *
     * @param cache ticket cache of the user for the doctor's test sign-in
     */
    static DoctorVisit to(Path folder, Path krb5Conf, Path cache, Map<String, String> configuration)
            throws IOException, InterruptedException {
        Path said = Files.createTempFile(folder, "doctor", ".txt");
        ProcessBuilder builder = PackagedProgram.start(
                        List.of("-Djava.security.krb5.conf=" + krb5Conf), configuration, "doctor")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().put("KRB5CCNAME", "FILE:" + cache);
        Process doctor = builder.start();
        if (!doctor.waitFor(1, TimeUnit.MINUTES)) {
            doctor.destroyForcibly();
            throw new AssertionError("the doctor does not end:\n" + Files.readString(said));
        }
        return new DoctorVisit(doctor.exitValue(), Files.readString(said));
    }
}
