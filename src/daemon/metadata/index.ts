export {
  type Metadata,
  type MetadataConfig,
  openMetadata,
  type RegistryReader,
  type ServiceContext,
} from './metadata.js'
