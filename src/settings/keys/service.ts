import { boolean, choice, duration, integer, list, object, optional, path, required, text, url } from '../fields.js'

/** Who the service is, and how it is reached. */
export const serviceKeys = {
  organization_id: required(
    text({ placeholder: 'YOUR_ORG_ID', doc: 'Organisation as registered in the Registry.' }),
    'set the id under which your organisation is registered',
  ),
  service_id: required(
    text({ placeholder: 'YOUR_SERVICE_ID', doc: 'Service as registered in the Registry.' }),
    'set the id under which your service is registered',
  ),
  daemon_group_name: text({
    default: 'default_group',
    doc: 'Payment group of this replica, by its exact name in the metadata.',
  }),
  service_endpoint: url({
    schemes: ['http', 'https', 'grpc', 'grpcs', 'unix'],
    assumed: 'grpc',
    default: 'http://localhost:5000',
    doc: 'Your AI service; http and grpc are cleartext, https and grpcs TLS, `unix:/path` is a socket for gRPC.',
    was: ['passthrough_endpoint'],
  }),
  service_tls_ca: optional(
    path({ doc: 'Authorities (PEM) that may have signed the certificate of the service; the system’s when unset.' }),
  ),
  service_tls_cert: optional(path({ doc: 'Certificate chain (PEM) that the service is shown, with service_tls_key.' })),
  service_tls_key: optional(path({ doc: 'Private key (PEM) of service_tls_cert.', namesSecret: 'refused' })),
  service_tls_server_name: optional(
    text({ doc: 'Name that the certificate of the service has to be for; the host of service_endpoint when unset.' }),
  ),
  service_timeout: duration({
    min: 1,
    default: '100s',
    doc: 'How long one call may take when the client sets no deadline.',
  }),
  service_ping_timeout: duration({
    min: 1,
    default: '20s',
    doc: 'How long the service may take to answer a PING, which is sent while calls wait and it is silent; after that its connection is dropped.',
  }),
  max_service_connections: integer({
    min: 1,
    max: 1000,
    default: 16,
    doc: 'Most connections to a gRPC service; another one is opened when it takes no more calls on those that are open. One that speaks HTTP/1.1 has a connection for each call in flight.',
  }),
  max_message_size_in_mb: integer({
    min: 1,
    max: 2048,
    default: 4,
    doc: 'Largest message of a call, in MiB, both ways.',
  }),
  passthrough_enabled: boolean({
    default: true,
    doc: 'Whether calls go to the service; if false, each request comes back as its answer, for trials.',
    flag: { name: 'passthrough' },
  }),
  daemon_type: choice(['grpc', 'http'], {
    default: 'grpc',
    doc: '`grpc` for everything that is paid; with `http`, every request goes to service_endpoint as it is, and nobody pays.',
    flag: { name: 'type', char: 't' },
  }),
  executable_path: optional(
    path({ doc: 'Program that answers the calls of a service of type process: a path, or a name on the PATH.' }),
  ),
  max_processes: integer({
    min: 1,
    max: 10_000,
    default: 16,
    doc: 'Processes of executable_path at a time.',
  }),
  max_waiting_for_process: integer({
    min: 0,
    max: 100_000,
    default: 64,
    doc: 'Calls that may wait while max_processes are busy; more are refused.',
  }),
  process_pool_enabled: boolean({
    default: false,
    doc: 'Whether processes of executable_path stay and answer many calls each, in frames as the guide for providers describes.',
  }),
  service_credentials: optional(
    list(
      object(
        {
          key: required(text({ doc: 'Name.' }), 'set the name'),
          value: optional({ type: 'any', doc: 'Value.', parse: (raw) => raw }),
          location: choice(['query', 'header', 'body'], { doc: 'Where it goes.' }),
        },
        { doc: '' },
      ),
      { doc: 'What a service of type http wants to see in each request: `{key, value, location}`.' },
    ),
  ),
  enable_dynamic_pricing: boolean({ default: false, doc: 'Whether the service itself names the price of a call.' }),
  model_training_enabled: boolean({
    default: false,
    doc: 'Whether clients may create and train models of the service, by training.Daemon.',
  }),
  model_maintenance_endpoint: optional(
    url({
      schemes: ['http', 'https', 'grpc', 'grpcs', 'unix'],
      assumed: 'grpc',
      doc: 'Where models are trained, which is asked by training.Model; the service itself by default.',
    }),
  ),
  max_upload_size_in_mb: integer({
    min: 1,
    max: 1_048_576,
    default: 1024,
    doc: 'Largest upload of data to train with, in MiB, whatever the methods of the service say of themselves.',
  }),
  max_uploads: integer({ min: 1, max: 10_000, default: 16, doc: 'Uploads of data to train with at a time.' }),
  upload_timeout: duration({ min: 1, default: '1h', doc: 'How long one upload of data to train with may take.' }),
}
