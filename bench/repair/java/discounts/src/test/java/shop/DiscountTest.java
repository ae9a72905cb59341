package shop;

import static org.junit.Assert.assertEquals;

import org.junit.Test;

public class DiscountTest {
    @Test public void fewPiecesCostInFull() { assertEquals(900, Discount.total(100, 9)); }

    @Test public void tenPiecesAreCheaper() { assertEquals(950, Discount.total(100, 10)); }

    @Test public void manyPiecesAreCheapest() { assertEquals(17000, Discount.total(100, 200)); }
}
