const Title = ({ text }) => <h1>{text}</h1>;
export default Title;
