package dev.kerbearer.bench;

import dev.kerbearer.windowsauth.kerberos.ForgedTicket;
import dev.kerbearer.windowsauth.kerberos.KerberosClient;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Makes fresh AP-REQs of one signed-in user in the bench's own process. None is returned twice. They are valid for five
 * minutes.
 */
final class Tickets {

    private static final int MAKERS = 2;

    private final List<Supplier<byte[]>> makers;

    private Tickets(Supplier<Supplier<byte[]>> maker) {
        this.makers = Stream.generate(maker).limit(MAKERS).toList();
    }

    /** Makes tickets with a KDC. */
    Tickets(Path krb5Conf, Path credentialCache) {
        this(() -> {
            KerberosClient client = new KerberosClient(krb5Conf, credentialCache);
            return () -> client.token(Lab.SERVICE);
        });
    }

    /** Makes forged tickets, which no KDC would issue. */
    static Tickets forged(Supplier<ForgedTicket> ticket) {
        return new Tickets(() -> {
            ForgedTicket forged = ticket.get();
            return forged::inSpnego;
        });
    }

    byte[] one() {
        return makers.get(0).get();
    }

    /** Makes that many tokens before a measurement. */
    byte[][] stock(int count) {
        byte[][] stock = new byte[count][];
        inParallel(maker -> {
            for (int i = maker; i < count; i += MAKERS) {
                stock[i] = makers.get(maker).get();
            }
        });
        return stock;
    }

    /** Makes tokens while they are used, for warming up, when their processor time does not matter. */
    Load.Requests signIns(int count) {
        BlockingQueue<byte[]> made = new ArrayBlockingQueue<>(512);
        for (int maker = 0; maker < MAKERS; maker++) {
            Supplier<byte[]> one = makers.get(maker);
            int share = count / MAKERS + (maker < count % MAKERS ? 1 : 0);
            Thread thread = new Thread(() -> make(one, share, made), "tickets-" + maker);
            thread.setDaemon(true);
            thread.start();
        }
        return new Load.Requests() {
            private int given;

            @Override
            public byte[] next() {
                try {
                    byte[] token = given++ < count ? made.poll(30, TimeUnit.SECONDS) : null;
                    return token == null ? Load.NONE : Wire.signIn(token);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        };
    }

    private static void make(Supplier<byte[]> one, int count, BlockingQueue<byte[]> made) {
        try {
            for (int i = 0; i < count; i++) {
                made.put(one.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private interface Work {
        void of(int maker);
    }

    private static void inParallel(Work work) {
        Thread[] threads = new Thread[MAKERS];
        for (int maker = 0; maker < MAKERS; maker++) {
            int number = maker;
            threads[maker] = new Thread(() -> work.of(number), "tickets-" + maker);
            threads[maker].start();
        }
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
