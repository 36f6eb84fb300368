/** Keys that existing files hold, which are read and checked, and whose work this version does not do yet. */
export const LATER = 'this version does not do it yet'
/** Keys that the reference daemon names and nobody ever read. */
export const NEVER_READ = 'nothing reads it, here or in the daemon it comes from'
