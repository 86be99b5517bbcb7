std = "luajit"
read_globals = { "vim" }
-- Options and variables are set through these.
globals = { "vim.g", "vim.b", "vim.w", "vim.o", "vim.bo", "vim.wo", "vim.opt", "vim.opt_local", "vim.env" }
max_line_length = 120
exclude_files = { ".venv", ".cache" }
-- An argument may be there to show the shape of a callback.
ignore = { "212" }
