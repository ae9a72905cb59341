package shop;

import static org.junit.Assert.assertEquals;

import org.junit.Test;

public class HeldTest {
    @Test public void everyStep() {
        int[] counts = {0, 9, 10, 49, 50, 99, 100};
        int[] percents = {0, 0, 5, 5, 10, 10, 15};
        for (int i = 0; i < counts.length; i++) assertEquals(percents[i], Discount.percent(counts[i]));
    }
}
