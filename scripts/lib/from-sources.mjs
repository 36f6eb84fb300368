// Lets a thread run from its sources: what loads them in the main thread of a process is not there in another.
import { register } from 'tsx/esm/api'

register()
