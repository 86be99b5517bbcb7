export const Button = (props: { onClick: () => void }) => <button onClick={props.onClick} />;
