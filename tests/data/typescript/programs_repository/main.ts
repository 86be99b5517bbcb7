import { UserService } from './service';
import { MemoryRepository } from './memory';
import type { User } from './types';
const service = new UserService(new MemoryRepository<User>());
const user = service.register('a');
user.greet();
service.all().forEach((u) => u.greet());
