import type { MethodDefinition } from '@grpc/grpc-js'
import type { FileDescriptor } from '../../content/index.js'
import { SnetError } from '../../shared/errors.js'
import type { Live } from '../../shared/live.js'
import { TokenBucket } from '../../shared/token-bucket.js'
import {
  loadReflectionService,
  type OwnMethod,
  REFLECTION_VERSIONS,
  type ReflectionRequest,
  type ReflectionResponse,
} from '../../shared/wire/index.js'
import { answerQuestion } from './answer.js'
import { FileSet } from './file-set.js'
import { describeOwnFiles } from './own-files.js'

/** A tool asks about each symbol that it meets; no service has so many. */
const MAX_QUESTIONS = 10_000
/** Of descriptors, for all who ask: 64 MiB at once, and 16 MiB a second from then on. */
const UNIT_BYTES = 64 * 1024
const UNITS = { burst: 1_024, perSecond: 256 }

/**
 * These methods, and those by which tools learn of them and of the published proto files of the service
 * (grpc.reflection, both versions). Nothing else is told, whoever asks.
 */
export function withReflection<Method extends { readonly path: string }>(
  own: ReadonlyMap<string, Method>,
  service: Live<readonly FileDescriptor[]>,
  budget = new TokenBucket(UNITS),
): ReadonlyMap<string, Method | OwnMethod> {
  const definitions = REFLECTION_VERSIONS.map(
    (version) =>
      loadReflectionService(version).service['ServerReflectionInfo'] as MethodDefinition<
        ReflectionRequest,
        ReflectionResponse
      >,
  )
  const paths = [...own.keys(), ...definitions.map(({ path }) => path)]
  const ownServices = new Set(paths.map((path) => path.slice(1, path.lastIndexOf('/'))))
  const sets = rememberedSets(service)
  const methods = definitions.map((definition): [string, OwnMethod] => [
    definition.path,
    reflectionMethod(definition, async function* (requests) {
      const told = new Set<FileDescriptor>()
      let questions = 0
      for await (const request of requests) {
        if (++questions > MAX_QUESTIONS) throw tooMuch()
        const { own: ownSet, service: serviceSet } = await sets()
        const answer = answerQuestion(request, {
          sets: [ownSet, serviceSet],
          services: servicesOf(ownServices, serviceSet),
          told,
        })
        spend(budget, answer)
        yield answer
      }
    }),
  ])
  return new Map<string, Method | OwnMethod>([...own, ...methods])
}

/** What can be called: the daemon alone asks `training.Model`, though its file is published. */
const servicesOf = (own: ReadonlySet<string>, service: FileSet): readonly string[] =>
  [...new Set([...service.services.filter((name) => name !== 'training.Model'), ...own])].toSorted()

function spend(budget: TokenBucket, { file_descriptor_response: files }: ReflectionResponse): void {
  const bytes = (files?.file_descriptor_proto ?? []).reduce((sum, each) => sum + each.length, 0)
  for (let left = bytes; left > 0; left -= UNIT_BYTES) if (!budget.take()) throw tooMuch()
}

const tooMuch = (): SnetError =>
  new SnetError('rate-limited', 'too much is asked of what this server serves', { hint: 'Try again later.' })

/** The own files are described when somebody asks for the first time, those of the service whenever they were replaced. */
function rememberedSets(service: Live<readonly FileDescriptor[]>): () => Promise<{ own: FileSet; service: FileSet }> {
  let own: Promise<FileSet> | undefined
  let known: { files: readonly FileDescriptor[]; set: FileSet } | undefined
  return async () => {
    own ??= describeOwnFiles().then((files) => new FileSet(files))
    const ownSet = await own
    if (known?.files !== service.current) known = { files: service.current, set: new FileSet(service.current) }
    return { own: ownSet, service: known.set }
  }
}

const reflectionMethod = (
  { path, requestDeserialize, responseSerialize }: MethodDefinition<ReflectionRequest, ReflectionResponse>,
  answer: OwnMethod<ReflectionRequest, ReflectionResponse>['answer'],
): OwnMethod => ({ path, requestStream: true, decode: requestDeserialize, encode: responseSerialize, answer })
