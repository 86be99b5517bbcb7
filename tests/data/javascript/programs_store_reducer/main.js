import { createStore, combineReducers, applyMiddleware } from './store.js';
import * as actions from './actions.js';
const todos = (state = [], action) => { switch (action.type) { case 'add': return add(state, action); default: return state; } };
const filter = (state = 'all', action) => (action.type === 'filter' ? normalize(action.value) : state);
function add(state, action) { return [...state, action.text]; }
function normalize(v) { return v; }
const logger = (store) => (next) => (action) => { trace(store.getState()); return next(action); };
const thunk = ({ dispatch, getState }) => (next) => (action) => (typeof action === 'function' ? action(dispatch, getState) : next(action));
function trace(s) {}
const store = createStore(combineReducers({ todos, filter }), applyMiddleware(logger, thunk));
const stop = store.subscribe(() => render(store.getState()));
store.dispatch(actions.addTodo('x'));
store.dispatch(actions.later());
stop();
function render(s) {}
