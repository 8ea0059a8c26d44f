package logout.systemtests.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import logout.systemtests.store.FaultProxy.Fault;

/** A way in which the session store fails in the middle of a logout, and what that logout can have done by then. */
enum Failure {
    FROZEN("hangs", Fate.UNKNOWN) {
        @Override
        Undo happenTo(List<FragileStage> stages, FragilePostgreSql postgreSql) {
            postgreSql.freeze();
            return postgreSql::thaw;
        }
    },

    STOPPED("has been stopped", Fate.NOT_DONE) {
        @Override
        Undo happenTo(List<FragileStage> stages, FragilePostgreSql postgreSql) {
            postgreSql.stop();
            return postgreSql::startAgain;
        }
    },

    ROW_LOCKED("lets somebody else hold the row", Fate.NOT_DONE) {
        @Override
        Undo happenTo(List<FragileStage> stages, FragilePostgreSql postgreSql) throws SQLException {
            Connection[] holders = new Connection[stages.size()];
            for (int i = 0; i < holders.length; i++) {
                holders[i] = hold(stages.get(i), postgreSql);
            }
            return () -> {
                for (Connection holder : holders) {
                    holder.close();
                }
            };
        }
    },

    CHANGE_REFUSED("refuses to change or delete the row", Fate.NOT_DONE) {
        @Override
        Undo happenTo(List<FragileStage> stages, FragilePostgreSql postgreSql) {
            return trigger(stages, "UPDATE OR DELETE", "RAISE 'no'");
        }
    },

    RIGHTS_REVOKED("has revoked the rights", Fate.NOT_DONE) {
        @Override
        Undo happenTo(List<FragileStage> stages, FragilePostgreSql postgreSql) {
            stages.forEach(stage -> stage.sql("REVOKE UPDATE, DELETE ON TABLE FROM stage"));
            return () -> stages.forEach(stage -> stage.sql("GRANT UPDATE, DELETE ON TABLE TO stage"));
        }
    },

    NEW_ROW_REFUSED("refuses the new row of a renewal", Fate.OLD_ROW_GONE) {
        @Override
        Undo happenTo(List<FragileStage> stages, FragilePostgreSql postgreSql) {
            return trigger(stages, "INSERT", "RAISE 'no'");
        }
    },

    NEW_ROW_HANGS("hangs over the new row of a renewal", Fate.OLD_ROW_GONE) {
        @Override
        Undo happenTo(List<FragileStage> stages, FragilePostgreSql postgreSql) {
            return trigger(stages, "INSERT", "PERFORM pg_sleep(60)");
        }
    },

    LINE_SWALLOWS("is at the end of a proxy that swallows everything", Fate.NOT_DONE) {
        @Override
        Undo happenTo(List<FragileStage> stages, FragilePostgreSql postgreSql) {
            return fault(stages, Fault.SWALLOWS_EVERYTHING);
        }
    },

    ANSWER_SWALLOWED("changes the row, and its answer is lost", Fate.OLD_ID_DEAD) {
        @Override
        Undo happenTo(List<FragileStage> stages, FragilePostgreSql postgreSql) {
            return fault(stages, Fault.SWALLOWS_THE_ANSWER_TO_A_CHANGE);
        }
    },

    LINE_CUT("is cut off before it learns of the change", Fate.NOT_DONE) {
        @Override
        Undo happenTo(List<FragileStage> stages, FragilePostgreSql postgreSql) {
            return fault(stages, Fault.CUT_AT_A_CHANGE);
        }
    };

    private final String words;
    private final Fate fate;

    Failure(String words, Fate fate) {
        this.words = words;
        this.fate = fate;
    }

    /** Lets it happen, and returns how to undo it. */
    abstract Undo happenTo(List<FragileStage> stages, FragilePostgreSql postgreSql) throws SQLException;

    Fate fate() {
        return fate;
    }

    /** Whether it happens only to a logout that adds a row. */
    boolean isAboutTheNewRow() {
        return fate == Fate.OLD_ROW_GONE;
    }

    @Override
    public String toString() {
        return words;
    }

    private static Connection hold(FragileStage stage, FragilePostgreSql postgreSql) throws SQLException {
        Connection holder = postgreSql.connect(stage.databaseName());
        holder.setAutoCommit(false);
        try (Statement statement = holder.createStatement()) {
            statement.execute("SELECT * FROM " + stage.table() + " FOR UPDATE");
        }
        return holder;
    }

    private static Undo trigger(List<FragileStage> stages, String events, String effect) {
        for (FragileStage stage : stages) {
            stage.sql("CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN " + effect
                    + "; RETURN NEW; END $$");
            stage.sql("CREATE TRIGGER fail BEFORE " + events + " ON TABLE FOR EACH ROW EXECUTE FUNCTION fail()");
        }
        return () -> stages.forEach(stage -> stage.sql("DROP FUNCTION fail CASCADE"));
    }

    private static Undo fault(List<FragileStage> stages, Fault fault) {
        stages.forEach(stage -> stage.proxy().fail(fault));
        return () -> stages.forEach(stage -> stage.proxy().mend());
    }

    /** Ends the failure. */
    interface Undo {
        void run() throws SQLException;
    }

    /** What has become of the logout's session, once the store is back. */
    enum Fate {
        /** The session is as it was, as a whole. */
        NOT_DONE,
        /** The old row is gone; only the new one is missing. */
        OLD_ROW_GONE,
        /** The old cookie logs nobody in any more. */
        OLD_ID_DEAD,
        /** One of those: it depends on what the database still did with what it had been sent. */
        UNKNOWN
    }
}
