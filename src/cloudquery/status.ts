export { type ServiceError, status } from '@grpc/grpc-js';
