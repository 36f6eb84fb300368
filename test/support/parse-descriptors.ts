import { compileProtos } from '../../src/content/compile-protos.js'
import { type Descriptors, toDescriptors } from '../../src/content/index.js'

/** The methods that a set of proto files declares, compiled in this process. Error: `invalid-config`. */
export const parseDescriptors = (files: ReadonlyMap<string, string>): Descriptors => toDescriptors(compileProtos(files))
