package logout.exercises.check;

/**
 * What an exercise asks for, as a program that tries it. It looks at what can be seen from outside (replies, the
 * browser's cookies, the rows of the session store), so every solution passes that behaves as the goal says.
 *
 * @param <T> what the learner edits: routes, or a part of a server
 */
interface Check<T> {

    /**
     * Tries it.
     *
     * @throws LeftBehind where the goal is not reached; the message says in a sentence why
     */
    void tryOut(T subject);
}
