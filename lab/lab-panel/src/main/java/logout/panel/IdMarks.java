package logout.panel;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Gives out the marks by which the eye tells ids apart. A mark is a shape in a colour: the shape is its number modulo
 * {@value #SHAPES}. The last {@value #SHAPES} ids that were shown differ in shape, so also for those who see no colours; the last
 * {@value #COUNT} differ in the mark. One for the whole process: a page can show ids of several stages.
 */
final class IdMarks {

    static final int SHAPES = 12;
    static final int COUNT = 48;

    /** By label, the one that was shown longest ago first. */
    private static final Map<String, Integer> GIVEN = new LinkedHashMap<>(COUNT, 0.75f, true);

    private IdMarks() {}

    /** The mark of an id with this label. It keeps it as long as it is among those that were shown last. */
    static synchronized int of(String label) {
        Integer given = GIVEN.get(label);
        if (given != null) {
            return given;
        }
        int mark = leastRecent();
        GIVEN.values().remove(mark);
        GIVEN.put(label, mark);
        return mark;
    }

    /** Of the shape that was shown longest ago, the mark that was shown longest ago. */
    private static int leastRecent() {
        Map<Integer, Integer> shapeShown = new HashMap<>();
        Map<Integer, Integer> markShown = new HashMap<>();
        int when = 1;
        for (int mark : GIVEN.values()) {
            shapeShown.put(mark % SHAPES, when);
            markShown.put(mark, when++);
        }
        int least = 0;
        for (int mark = 1; mark < COUNT; mark++) {
            int byShape = Integer.compare(
                    shapeShown.getOrDefault(mark % SHAPES, 0), shapeShown.getOrDefault(least % SHAPES, 0));
            int byMark = Integer.compare(markShown.getOrDefault(mark, 0), markShown.getOrDefault(least, 0));
            if (byShape < 0 || byShape == 0 && byMark < 0) {
                least = mark;
            }
        }
        return least;
    }
}
