import Page from "./Page";
export const App = () => <Page />;
