#include "schemas/files/create_directory.hpp"

#include "servers/files/context.hpp"

namespace files {

Content create_directory(Context& context, const CreateDirectoryArgs& args, mcp::Call& call) {
  context.changes.make_folder(args.path, call);
  return {.content = "Successfully created directory " + args.path};
}

}  // namespace files
