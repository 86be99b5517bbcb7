class MyError extends Error { constructor(m) { super(m); } show() { return text(); } }
function text() { return 't'; }
function risky() { throw new MyError('x'); }
function clean() {}
function recover(e) { e.show(); }
try { risky(); } catch (e) { recover(e); } finally { clean(); }
try { risky(); } catch { clean(); }
try { throw make(); } catch (e) { if (e instanceof MyError) e.show(); }
function make() { return new MyError('y'); }
