const Router = require('./router');
const router = Router();
router.get('/', home).post('/form', validate, submit);
router.use(function auth(req, res, next) { next(); });
router.handle({ method: 'GET', url: '/' }, { send(x) { return out(x); } });
function home(req, res) { res.send('home'); }
function validate(req, res, next) { if (check(req)) next(); }
function submit(req, res) { res.send('ok'); }
function check(r) { return true; }
function out(x) {}
