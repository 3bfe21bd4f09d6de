#include "schemas/common/json.hpp"

#include <nlohmann/json.hpp>

namespace common {
namespace {

constexpr std::size_t kBytesMax = std::size_t{64} * 1024;
constexpr int kDepthMax = 32;

}  // namespace

std::optional<std::string> parse(std::string_view text, Json& out) {
  int depth = 0;
  bool deep = false;
  const auto watch = [&](int level, nlohmann::json::parse_event_t, nlohmann::json&) {
    depth = std::max(depth, level);
    deep = deep || depth > kDepthMax;
    return !deep;
  };
  if (text.size() > kBytesMax) return "expected at most 65536 bytes of JSON";
  const nlohmann::json value = nlohmann::json::parse(text, watch, false);
  if (deep) return "expected JSON at most 32 levels deep";
  if (value.is_discarded()) return "expected JSON";
  out.text = value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  return std::nullopt;
}

std::string to_string(const Json& json) {
  return json.text;
}

}  // namespace common
