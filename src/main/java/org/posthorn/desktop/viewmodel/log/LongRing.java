package org.posthorn.desktop.viewmodel.log;

/** Numbers, ascending if one is to be searched for, added at the end and dropped from the beginning; an index stays the same until it is dropped. */
final class LongRing {
    private long[] values = new long[1024];
    private long first;
    private long end;

    long first() {
        return first;
    }

    long end() {
        return end;
    }

    long get(long index) {
        return values[slot(index, values)];
    }

    void add(long value) {
        if (end - first == values.length) {
            grow();
        }
        values[slot(end, values)] = value;
        end++;
    }

    void increaseLast() {
        values[slot(end - 1, values)]++;
    }

    void dropTo(long index) {
        first = index;
    }

    void dropBefore(long value) {
        first = indexAtOrAfter(value);
    }

    /** The first index whose value is not less; {@link #end()} when there is none. */
    long indexAtOrAfter(long value) {
        long low = first;
        long high = end;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (get(middle) < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void grow() {
        long[] larger = new long[values.length * 2];
        for (long index = first; index < end; index++) {
            larger[slot(index, larger)] = get(index);
        }
        values = larger;
    }

    private static int slot(long index, long[] array) {
        return (int) (index & (array.length - 1));
    }
}
