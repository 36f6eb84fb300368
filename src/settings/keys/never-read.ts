/** Keys that the reference daemon names and nobody ever read. */
export const NEVER_READ = 'nothing reads it, here or in the daemon it comes from'
