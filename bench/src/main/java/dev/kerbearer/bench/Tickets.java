package dev.kerbearer.bench;

import dev.kerbearer.windowsauth.KerberosClient;
import java.nio.file.Path;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Fresh AP-REQs of one signed-in user, made in the bench's own process; none is given twice. They are good for five
 * minutes.
 */
final class Tickets {

    private static final int MAKERS = 2;

    private final KerberosClient[] clients = new KerberosClient[MAKERS];

    Tickets(Path krb5Conf, Path credentialCache) {
        for (int i = 0; i < MAKERS; i++) {
            clients[i] = new KerberosClient(krb5Conf, credentialCache);
        }
    }

    byte[] one() {
        return clients[0].token(Lab.SERVICE);
    }

    /** Makes that many before anything is measured. */
    byte[][] stock(int count) {
        byte[][] stock = new byte[count][];
        inParallel(maker -> {
            for (int i = maker; i < count; i += MAKERS) {
                stock[i] = clients[maker].token(Lab.SERVICE);
            }
        });
        return stock;
    }

    /** Makes them while they are used: for warming up, where it is no matter that they cost processor time. */
    Load.Requests signIns(int count) {
        BlockingQueue<byte[]> made = new ArrayBlockingQueue<>(512);
        for (int maker = 0; maker < MAKERS; maker++) {
            KerberosClient client = clients[maker];
            int share = count / MAKERS + (maker < count % MAKERS ? 1 : 0);
            Thread thread = new Thread(() -> make(client, share, made), "tickets-" + maker);
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

    private static void make(KerberosClient client, int count, BlockingQueue<byte[]> made) {
        try {
            for (int i = 0; i < count; i++) {
                made.put(client.token(Lab.SERVICE));
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
