import type { MessageTypeDefinition, MethodDefinition } from '@grpc/proto-loader'

/** A generated message as both sides hold it: read only, bytes of any kind, and numbers of an enum known or not. */
export type Message<Generated> = Generated extends Uint8Array
  ? Uint8Array
  : Generated extends number
    ? number
    : Generated extends readonly (infer Item)[]
      ? readonly Message<Item>[]
      : Generated extends object
        ? keyof Generated extends never
          ? Readonly<Record<string, never>>
          : { readonly [Field in keyof Generated]: Message<Generated[Field]> }
        : Generated

/** What a definition of the generated package is decoded to. */
export type MessageOf<Definition> =
  Definition extends MessageTypeDefinition<infer _Input, infer Output> ? Message<Output> : never

/** Request and answer of each method of a service that is answered so. */
export type MethodsOf<Definition, Handlers, Answered extends 'once' | 'on and on'> = {
  [Name in keyof Definition as Answers<Name, Handlers> extends Answered ? Name : never]: RequestAndReply<
    Definition[Name]
  >
}

type RequestAndReply<Method> =
  Method extends MethodDefinition<infer _Input, infer _ReplyInput, infer Request, infer Reply>
    ? [Message<Request>, Message<Reply>]
    : never

/** Only a handler that answers once is given something to answer with. Generated services have other keys besides. */
type Answers<Name, Handlers> = string extends Name
  ? 'no method'
  : Name extends keyof Handlers
    ? Handlers[Name] extends (...given: infer Given) => void
      ? Given['length'] extends 2
        ? 'once'
        : 'on and on'
      : 'no method'
    : 'no method'
