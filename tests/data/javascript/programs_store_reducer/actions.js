export const addTodo = (text) => ({ type: 'add', text });
export function later() { return (dispatch) => dispatch(addTodo('later')); }
