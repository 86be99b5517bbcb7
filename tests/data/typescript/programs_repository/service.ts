import { Repository, User } from './types';
export class UserService {
  private count = 0;
  constructor(private readonly repo: Repository<User>) {}
  register(name: string) { return this.repo.save(new User(this.nextId(), name)); }
  all() { return this.repo.list(); }
  private nextId(): number { return ++this.count; }
}
