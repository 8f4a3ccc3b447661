/** Bytes of an entry of a histogram. */
export const ENTRY: usize = 24;
/** Where the number of samples lies in an entry. */
export const COUNT: usize = 16;
