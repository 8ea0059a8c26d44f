package logout.systemtests.references;

import static org.assertj.core.api.Assertions.assertThat;

import logout.sidebyside.Logout;

/** One cell of the {@link ReferencesTable}, to be compared with what a probe sees. */
record Claim(Condition condition, Logout logout) {

    Verdict verdict() {
        return ReferencesTable.verdict(condition, logout);
    }

    /** Fails where the probe saw anything else: a weak logout must be seen to be weak, and for these reasons. */
    void isSeen(Verdict observed) {
        assertThat(observed).as(toString()).isEqualTo(verdict());
    }

    /** For example "1 the old id is dead — stage 4 POST /api/logout: yes". */
    @Override
    public String toString() {
        String name = condition.testName().replace('_', ' ');
        return "%d %s — stage %d %s %s: %s"
                .formatted(
                        condition.number(),
                        name,
                        logout.stage().number(),
                        logout.method(),
                        logout.path(),
                        verdict().inWords());
    }
}
