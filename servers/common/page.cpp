#include "servers/common/page.hpp"

#include <boost/crc.hpp>
#include <cstdio>

namespace common {
namespace {

constexpr std::size_t kDigits = 8;

std::string check_sum(std::string_view key, const mcp::Call& call) {
  boost::crc_32_type sum;
  sum.process_bytes(call.tool().data(), call.tool().size());
  sum.process_bytes(key.data(), key.size());
  char digits[kDigits + 1];
  std::snprintf(digits, sizeof digits, "%08x", sum.checksum());
  return digits;
}

}  // namespace

std::string cursor_of(std::string_view key, const mcp::Call& call) {
  return check_sum(key, call).append(key);
}

std::string key_in(std::string_view cursor, const mcp::Call& call) {
  if (cursor.empty()) return {};
  const std::string_view sum = cursor.substr(0, kDigits);
  const std::string_view key = cursor.substr(sum.size());
  if (sum != check_sum(key, call)) throw bad_cursor();
  return std::string(key);
}

mcp::ToolError bad_cursor() {
  return mcp::ToolError(
      "/cursor: expected the next_cursor of this tool's answer before, as it was; leave it out to "
      "start anew");
}

}  // namespace common
