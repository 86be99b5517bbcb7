const Row = (props: { children: any; onClick: () => void }) => <tr onClick={props.onClick}>{props.children}</tr>;
export default Row;
