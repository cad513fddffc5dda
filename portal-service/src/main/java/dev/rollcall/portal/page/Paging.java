package dev.rollcall.portal.page;

/**
 * The part of a long list that a page shows.
 *
 * @param page from 1
 * @param size rows per page
 * @param total all rows
 */
public record Paging(int page, int size, long total) {
    /** The most rows per page. */
    public static final int SIZE_MAX = 500;

    /** The default rows per page. */
    public static final int SIZE = 50;

    /** Clamps the total: a negative or absurd one is a mistake of the service that sent it. */
    public Paging {
        total = Math.max(0, Math.min(Integer.MAX_VALUE, total));
    }

    /** Returns the number of pages, at least 1. */
    public int pages() {
        return (int) Math.max(1, (total + size - 1) / size);
    }

    /** Returns the number of the first row shown; 0 if there is none. */
    public long first() {
        return total == 0 ? 0 : (long) (page - 1) * size + 1;
    }

    /** Returns the number of the last row shown. */
    public long last() {
        return Math.min(total, (long) page * size);
    }

    public boolean hasPrevious() {
        return page > 1;
    }

    public boolean hasNext() {
        return page < pages();
    }
}
