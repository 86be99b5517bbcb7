-- Load every file named as an argument and list the globals it reads or sets that neither Lua nor Neovim defines.
-- Run as `nvim -l scripts/checks/globals.lua FILE...`; exit status 1 when one was found.
local util = require("jit.util")

-- "vim" and LuaJIT's own; `_G` is how a test declares one on purpose.
local known = {}
for name in pairs(_G) do
  known[name] = true
end

-- Opcode numbers differ between LuaJIT builds, so they are read off a function that does one read and one write.
local probe = assert(loadstring("written = read"))
local GET = bit.band(util.funcbc(probe, 1), 0xff)
local SET = bit.band(util.funcbc(probe, 2), 0xff)

local function walk(fn, path, found)
  local pc = 1
  while true do
    local instruction = util.funcbc(fn, pc)
    if not instruction then
      break
    end
    local opcode = bit.band(instruction, 0xff)
    if opcode == GET or opcode == SET then
      local name = util.funck(fn, -bit.rshift(instruction, 16) - 1)
      if opcode == SET or not known[name] then
        local line = util.funcinfo(fn, pc).currentline
        found[#found + 1] = ("%s:%d: global %q is %s"):format(
          path,
          line,
          name,
          opcode == SET and "set" or "not defined"
        )
      end
    end
    pc = pc + 1
  end
  local index = -1
  while true do
    local constant = util.funck(fn, index)
    if constant == nil then
      break
    end
    if type(constant) == "proto" then
      walk(constant, path, found)
    end
    index = index - 1
  end
end

local found = {}
for _, path in ipairs(_G.arg) do
  local chunk, err = loadfile(path)
  if chunk then
    walk(chunk, path, found)
  else
    found[#found + 1] = err
  end
end
for _, message in ipairs(found) do
  io.write(message, "\n")
end
os.exit(#found == 0 and 0 or 1)
