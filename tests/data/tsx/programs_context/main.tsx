import React, { createContext, useContext, useMemo, memo, forwardRef, useEffect, useCallback } from 'react';
interface Theme { color(): string; }
const ThemeContext = createContext<Theme | null>(null);
class Dark implements Theme { color() { return shade(); } }
function shade() { return '#000'; }
export function Provider({ children }: { children: React.ReactNode }) {
  const theme = useMemo(() => new Dark(), []);
  useEffect(() => { start(); return () => stop(); }, []);
  return <ThemeContext.Provider value={theme}>{children}</ThemeContext.Provider>;
}
function start() {}
function stop() {}
function useTheme(): Theme { const t = useContext(ThemeContext); if (!t) throw new Error('no'); return t; }
const Button = memo(forwardRef<HTMLButtonElement, { onPress: () => void }>(function Button(props, ref) {
  const theme = useTheme();
  const press = useCallback(() => props.onPress(), []);
  return <button ref={ref} onClick={press} style={{ color: theme.color() }} />;
}));
class Page extends React.Component<{ title: string }> {
  state = { n: 0 };
  componentDidMount() { this.refresh(); }
  refresh = () => this.setState({ n: next(this.state.n) });
  render() { return <Provider><Button onPress={this.refresh} /><Header {...this.props} /></Provider>; }
}
const Header: React.FC<{ title: string }> = ({ title }) => <h1>{title}</h1>;
const next = (n: number) => n + 1;
