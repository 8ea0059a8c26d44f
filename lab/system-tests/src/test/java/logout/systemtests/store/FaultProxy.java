package logout.systemtests.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The proxy between a stage and its database, which can fail. It carries bytes both ways until it is told otherwise. */
final class FaultProxy implements AutoCloseable {

    private static final int BUFFER_BYTES = 8_192;

    private final ServerSocket entrance;
    private final int databasePort;
    private final Set<Socket> ends = ConcurrentHashMap.newKeySet();

    /** What it does to what is carried; decided for each piece anew. */
    private volatile Fault fault = Fault.NONE;

    private FaultProxy(ServerSocket entrance, int databasePort) {
        this.entrance = entrance;
        this.databasePort = databasePort;
    }

    static FaultProxy to(int databasePort) {
        try {
            FaultProxy proxy = new FaultProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), databasePort);
            inBackground(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return entrance.getLocalPort();
    }

    void fail(Fault newFault) {
        fault = newFault;
    }

    /** Carries everything again. Connections that have lost bytes end: nothing sensible could come over them. */
    void mend() {
        Fault before = fault;
        fault = Fault.NONE;
        if (before.losesBytes()) {
            cut();
        }
    }

    @Override
    public void close() {
        try {
            entrance.close();
            cut();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void cut() {
        ends.forEach(FaultProxy::end);
        ends.clear();
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                Socket stage = entrance.accept();
                Socket database = new Socket(InetAddress.getLoopbackAddress(), databasePort);
                ends.add(stage);
                ends.add(database);
                Wire wire = new Wire(stage, database);
                inBackground(() -> carry(stage, database, wire, true));
                inBackground(() -> carry(database, stage, wire, false));
            } catch (IOException e) {
                // The entrance was closed, or the database is not there: whoever came hears nothing.
            }
        }
    }

    private void carry(Socket from, Socket to, Wire wire, boolean toDatabase) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(buffer); length > 0; length = in.read(buffer)) {
                String text = new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
                if (fault.lets(text.toLowerCase(Locale.ROOT), toDatabase, wire)) {
                    out.write(buffer, 0, length);
                    out.flush();
                }
            }
        } catch (IOException e) {
            // One end is gone; so is the other then.
        } finally {
            wire.end();
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void inBackground(Runnable work) {
        Thread thread = new Thread(work, "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    /** One connection through the proxy. */
    static final class Wire {
        private final Socket stage;
        private final Socket database;
        private volatile boolean silent;

        private Wire(Socket stage, Socket database) {
            this.stage = stage;
            this.database = database;
        }

        private void end() {
            FaultProxy.end(stage);
            FaultProxy.end(database);
        }
    }

    /** A way in which the proxy fails. */
    enum Fault {
        NONE {
            @Override
            boolean lets(String text, boolean toDatabase, Wire wire) {
                return true;
            }
        },

        /** Whatever is sent disappears, both ways. */
        SWALLOWS_EVERYTHING {
            @Override
            boolean lets(String text, boolean toDatabase, Wire wire) {
                return false;
            }
        },

        /** The database is told to change the row, and does; no answer comes. */
        SWALLOWS_THE_ANSWER_TO_A_CHANGE {
            @Override
            boolean lets(String text, boolean toDatabase, Wire wire) {
                if (toDatabase && isChange(text)) {
                    wire.silent = true;
                }
                return toDatabase || !wire.silent;
            }
        },

        /** The connection ends in the moment in which the database would be told to change the row. */
        CUT_AT_A_CHANGE {
            @Override
            boolean lets(String text, boolean toDatabase, Wire wire) {
                if (toDatabase && isChange(text)) {
                    wire.end();
                    return false;
                }
                return true;
            }
        };

        abstract boolean lets(String text, boolean toDatabase, Wire wire);

        boolean losesBytes() {
            return this == SWALLOWS_EVERYTHING || this == SWALLOWS_THE_ANSWER_TO_A_CHANGE;
        }

        private static boolean isChange(String text) {
            return text.contains("delete from") || text.contains("update ");
        }
    }
}
