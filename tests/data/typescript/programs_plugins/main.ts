import { Registry } from './registry';
import { plugins } from './plugins';
const registry = new Registry();
for (const plugin of plugins) registry.register(plugin);
registry.runAll({ verbose: true });
registry.find('lint')?.run({ verbose: false });
