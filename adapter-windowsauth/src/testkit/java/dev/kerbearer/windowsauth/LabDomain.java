package dev.kerbearer.windowsauth;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real domain controller that {@code lab/up} starts in its own folder (docs/testing.md), with users who sign in. */
public final class LabDomain implements AutoCloseable {

    /** The password of every user. */
    public static final String PASSWORD = "Practice-makes-perfect-1";

    private final Path lab;
    private final Path folder;
    private final String address;

    private LabDomain(Path lab, Path folder, String address) {
        this.lab = lab;
        this.folder = folder;
        this.address = address;
    }

    /**
     * Creates and starts a domain, which needs root and Debian's packages.
     *
     * @param lab the folder of the scripts
     * @throws IllegalStateException if it cannot start; the message says why
     */
    public static LabDomain start(Path lab, String realm, String address) throws IOException {
        // Samba's sockets need short path names.
        LabDomain domain = new LabDomain(lab.toAbsolutePath().normalize(), Files.createTempDirectory("lab"), address);
        domain.run(List.of(domain.lab.resolve("up").toString(), domain.folder.toString(), realm, address));
        return domain;
    }

    public Path folder() {
        return folder;
    }

    public String address() {
        return address;
    }

    public Path krb5Conf() {
        return folder.resolve("krb5.conf");
    }

    /** Returns the keytab of the service {@code HTTP/localhost}, whose account is {@code svc-http}. */
    public Path keytab() {
        return folder.resolve("http.keytab");
    }

    public Path certificateAuthority() {
        return folder.resolve("ca.pem");
    }

    /** Returns the program that checks NTLM passwords, if no other domain was started on this machine before. */
    public Path ntlmAuth() {
        return folder.resolve("ntlm_auth");
    }

    /** Returns the credential cache of a user. */
    public Path cacheOf(String user) {
        return folder.resolve(user + ".ccache");
    }

    /** Signs a user in at the domain controller and gets a ticket for the service. */
    public void signIn(String user) throws IOException {
        run(List.of("kinit", user), PASSWORD + "\n", cacheOf(user));
        run(List.of("kvno", "-q", "HTTP/localhost"), "", cacheOf(user));
    }

    /** Signs an account in with a forwardable ticket, which acting in another user's name needs. */
    public void signInForwardably(String account) throws IOException {
        run(List.of("kinit", "-f", account), PASSWORD + "\n", cacheOf(account));
    }

    /**
     * Runs a program as that user and returns its standard output.
     *
     * @throws IllegalStateException if it fails; the message has its output
     */
    public byte[] runAs(String user, List<String> command) throws IOException {
        return run(command, "", cacheOf(user));
    }

    private void run(List<String> command) throws IOException {
        run(command, "", folder.resolve("none"));
    }

    private byte[] run(List<String> command, String input, Path credentials) throws IOException {
        Path said = Files.createTempDirectory("said");
        // A daemon keeps its standard output open, so waiting for the end of a pipe would hang.
        Path output = said.resolve("output.txt");
        Path errors = said.resolve("errors.txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile());
        builder.environment().put("KRB5_CONFIG", krb5Conf().toString());
        builder.environment().put("KRB5CCNAME", credentials.toString());
        builder.environment().put("LAB_PASSWORD", PASSWORD);
        Process process = builder.start();
        process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        awaitEnd(process, command.get(0));
        byte[] answer = Files.readAllBytes(output);
        String complaint = Files.readString(errors, StandardCharsets.ISO_8859_1);
        for (Path each : List.of(output, errors, said)) {
            Files.delete(each);
        }
        if (process.exitValue() != 0) {
            throw new IllegalStateException(
                    command.get(0) + ": " + new String(answer, StandardCharsets.ISO_8859_1) + complaint);
        }
        return answer;
    }

    private static void awaitEnd(Process process, String program) {
        try {
            if (!process.waitFor(3, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IllegalStateException(program + " does not end");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Stops the domain and removes its folder. */
    @Override
    public void close() throws IOException {
        run(List.of(lab.resolve("down").toString(), folder.toString(), "--forget"));
    }
}
