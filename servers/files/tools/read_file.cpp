#include "schemas/files/read_file.hpp"

#include "schemas/files/read_text_file.hpp"
#include "servers/files/context.hpp"

namespace files {

Content read_file(Context& context, const ReadFileArgs& args, mcp::Call& call) {
  return read_text_file(context, {.path = args.path, .head = args.head, .tail = args.tail}, call);
}

}  // namespace files
