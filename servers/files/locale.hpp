#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "servers/common/icalendar/zones.hpp"

struct UCollator;

/// What the reference has from JavaScript's Intl, by the same library (ICU).
namespace files {

/// Compares names as String.prototype.localeCompare does: "a" before "B", "é" beside "e".
class Collation final {
 public:
  Collation();
  bool less(std::string_view left, std::string_view right) const;

 private:
  std::unique_ptr<UCollator, void (*)(UCollator*)> collator_;
};

/// As Date.prototype.toString writes it: "Mon Mar 16 2026 09:00:00 GMT+0100 (Central European
/// Standard Time)".
std::string date_words(std::chrono::sys_seconds instant, const common::Zone& zone);

}  // namespace files
