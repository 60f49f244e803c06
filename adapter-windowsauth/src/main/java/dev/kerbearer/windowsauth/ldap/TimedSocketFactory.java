package dev.kerbearer.windowsauth.ldap;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLSocketFactory;

/**
 * Creates TLS sockets with a read timeout. The LDAP library limits every step except the TLS handshake, which could
 * hang forever.
 */
final class TimedSocketFactory extends SSLSocketFactory {

    private final SSLSocketFactory sockets;
    private final int timeoutMillis;

    TimedSocketFactory(SSLSocketFactory sockets, Duration timeout) {
        this.sockets = sockets;
        this.timeoutMillis = Math.toIntExact(timeout.toMillis());
    }

    private Socket timed(Socket socket) throws IOException {
        socket.setSoTimeout(timeoutMillis);
        return socket;
    }

    @Override
    public Socket createSocket() throws IOException {
        return timed(sockets.createSocket());
    }

    @Override
    public Socket createSocket(Socket beneath, String host, int port, boolean autoClose) throws IOException {
        return timed(sockets.createSocket(beneath, host, port, autoClose));
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return timed(sockets.createSocket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort) throws IOException {
        return timed(sockets.createSocket(host, port, from, fromPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return timed(sockets.createSocket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) throws IOException {
        return timed(sockets.createSocket(host, port, from, fromPort));
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return sockets.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return sockets.getSupportedCipherSuites();
    }
}
