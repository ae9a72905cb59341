package shop;

/** Lowers a price in cents by how much is bought. */
public final class Discount {
    private Discount() {}

    /** Percent off: 5 from ten pieces on, 10 from fifty, 15 from a hundred. */
    public static int percent(int count) {
        if (count >= 100) return 15;
        if (count >= 50) return 10;
        if (count >= 10) return 5;
        return 0;
    }

    public static long total(long cents, int count) {
        long full = cents * count;
        return full - full * percent(count) / 100;
    }
}
