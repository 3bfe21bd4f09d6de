#include "servers/files/info.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <cstdio>
#include <system_error>

#include "servers/files/locale.hpp"

namespace files {
namespace {

std::chrono::sys_seconds instant_of(const struct statx_timestamp& time) {
  return std::chrono::sys_seconds(std::chrono::seconds(time.tv_sec));
}

}  // namespace

std::string info_text(const transport::Descriptor& file, const common::Zone& zone) {
  struct statx what {};
  if (::statx(file.get(), "", AT_EMPTY_PATH, STATX_BASIC_STATS | STATX_BTIME, &what) != 0) {
    throw std::system_error(errno, std::generic_category(), "looking at a file");
  }
  std::array<char, 8> mode{};
  std::snprintf(mode.data(), mode.size(), "%03o", what.stx_mode & 0777U);
  const auto yes_no = [](bool yes) { return yes ? "true" : "false"; };
  return "size: " + std::to_string(what.stx_size) +
         "\ncreated: " + date_words(instant_of(what.stx_btime), zone) +
         "\nmodified: " + date_words(instant_of(what.stx_mtime), zone) +
         "\naccessed: " + date_words(instant_of(what.stx_atime), zone) +
         "\nisDirectory: " + yes_no(S_ISDIR(what.stx_mode)) +
         "\nisFile: " + yes_no(S_ISREG(what.stx_mode)) + "\npermissions: " + mode.data();
}

std::string size_text(std::int64_t bytes) {
  constexpr std::array<const char*, 5> kUnits = {"B", "KB", "MB", "GB", "TB"};
  if (bytes <= 0) return "0 B";
  const double count = static_cast<double>(bytes);
  const auto power = static_cast<std::size_t>(std::floor(std::log(count) / std::log(1024.0)));
  if (power == 0) return std::to_string(bytes) + " B";
  const std::size_t unit = std::min(power, kUnits.size() - 1);
  double value = count / std::pow(1024.0, static_cast<double>(unit));
  // JavaScript rounds a half up, printf to even; a half of a hundredth is an odd eighth.
  if (std::fmod(value * 8, 2) == 1) value += 1e-6 * value;
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%.2f %s", value, kUnits[unit]);
  return text.data();
}

}  // namespace files
