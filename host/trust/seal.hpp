#pragma once

#include <array>
#include <string>
#include <string_view>

namespace host {

/// A key that only this user can read, and what it proves: a text with that MAC was written by
/// somebody who has the key.
class Seal {
 public:
  static Seal random();
  /// From the 64 hexadecimal digits of a key file; throws std::runtime_error if it is not that.
  static Seal from_hex(std::string_view hex);

  std::string to_hex() const;
  /// HMAC-SHA-256 over `previous` and then `text`, in hexadecimal.
  std::string mac(std::string_view previous, std::string_view text) const;

 private:
  std::array<unsigned char, 32> key_{};
};

std::string sha256(std::string_view text);

}  // namespace host
