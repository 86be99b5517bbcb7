const make = (name) => ({ info: (m) => write(name, m), child: (n) => make(name + n) });
function write() {}
module.exports = make('root');
