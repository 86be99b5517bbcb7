export function createStore(reducer, enhancer) {
  if (enhancer) return enhancer(createStore)(reducer);
  let state;
  let listeners = [];
  const getState = () => state;
  function dispatch(action) { state = reducer(state, action); listeners.forEach((l) => l()); return action; }
  function subscribe(listener) { listeners.push(listener); return function unsubscribe() { listeners = listeners.filter((l) => l !== listener); }; }
  dispatch({ type: '@@init' });
  return { getState, dispatch, subscribe };
}
export function combineReducers(reducers) {
  const keys = Object.keys(reducers);
  return function combination(state = {}, action) {
    const next = {};
    for (const key of keys) { const reducer = reducers[key]; next[key] = reducer(state[key], action); }
    return next;
  };
}
export const compose = (...fns) => (fns.length ? fns.reduce((a, b) => (...args) => a(b(...args))) : (x) => x);
export function applyMiddleware(...middlewares) {
  return (create) => (reducer) => {
    const store = create(reducer);
    let dispatch = () => { throw new Error('early'); };
    const api = { getState: store.getState, dispatch: (action) => dispatch(action) };
    const chain = middlewares.map((m) => m(api));
    dispatch = compose(...chain)(store.dispatch);
    return { ...store, dispatch };
  };
}
