package directory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** People and how they are reached. */
public class Directory {
    private final Map<String, String> numbers = new HashMap<>();

    public void add(String name, String number) {
        numbers.put(key(name), number.trim());
    }

    /** The number without what people write between digits; null for a stranger. */
    public String find(String name) {
        String number = numbers.get(key(name));
        return number == null ? null : number.replaceAll("[ ()-]", "");
    }

    /** Names that begin so, by the alphabet. */
    public List<String> startingWith(String start) {
        List<String> found = new ArrayList<>();
        for (String name : numbers.keySet()) if (name.startsWith(key(start))) found.add(name);
        found.sort(null);
        return found;
    }

    private static String key(String name) {
        return name.trim().toLowerCase();
    }
}
