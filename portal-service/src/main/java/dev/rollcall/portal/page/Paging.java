package dev.rollcall.portal.page;

/**
 * Which part of a long list a page shows.
 *
 * @param page from 1
 * @param size rows a page
 * @param total rows in all
 */
public record Paging(int page, int size, long total) {
    /** As many rows as a page ever has. */
    public static final int SIZE_MAX = 500;

    /** Rows a page, unless asked otherwise. */
    public static final int SIZE = 50;

    /** A total that no class has, or that is negative, is a mistake of who tells it. */
    public Paging {
        total = Math.max(0, Math.min(Integer.MAX_VALUE, total));
    }

    /** How many pages there are; one if there is nothing. */
    public int pages() {
        return (int) Math.max(1, (total + size - 1) / size);
    }

    /** The number of the first row shown; 0 if there is none. */
    public long first() {
        return total == 0 ? 0 : (long) (page - 1) * size + 1;
    }

    /** The number of the last row shown. */
    public long last() {
        return Math.min(total, (long) page * size);
    }

    /** Whether there is a page before. */
    public boolean hasPrevious() {
        return page > 1;
    }

    /** Whether there is a page behind. */
    public boolean hasNext() {
        return page < pages();
    }
}
