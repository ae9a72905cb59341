package directory;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;

import org.junit.Test;

public class HeldTest {
    @Test public void anEmptyDirectoryFindsNobody() {
        assertNull(new Directory().find("Anna"));
        Directory directory = new Directory();
        directory.add("Bo", "1-2");
        assertEquals("12", directory.find("bo"));
        assertNull(directory.find(""));
    }
}
