#include "schemas/files/get_file_info.hpp"

#include "servers/files/context.hpp"
#include "servers/files/info.hpp"

namespace files {

Content get_file_info(Context& context, const GetFileInfoArgs& args, mcp::Call&) {
  const Found found = context.paths.open_any(args.path, "stat");
  return {.content = info_text(found.file, context.times.zone())};
}

}  // namespace files
