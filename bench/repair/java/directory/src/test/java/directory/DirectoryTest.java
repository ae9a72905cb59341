package directory;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;

import org.junit.Before;
import org.junit.Test;

public class DirectoryTest {
    private Directory directory;

    @Before public void fill() {
        directory = new Directory();
        directory.add("Anna Lind", "(020) 55-10");
        directory.add("Ann Park", " 030 1 ");
    }

    @Test public void findsWhateverTheCase() { assertEquals("0205510", directory.find(" anna LIND ")); }

    @Test public void strangersHaveNoNumber() { assertNull(directory.find("Zoe")); }

    @Test public void listsByStart() { assertEquals(2, directory.startingWith("ann").size()); }
}
