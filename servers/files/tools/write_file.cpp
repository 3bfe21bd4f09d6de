#include "schemas/files/write_file.hpp"

#include "servers/files/context.hpp"

namespace files {

Content write_file(Context& context, const WriteFileArgs& args, mcp::Call& call) {
  context.changes.write(args.path, args.content, call);
  return {.content = "Successfully wrote to " + args.path};
}

}  // namespace files
